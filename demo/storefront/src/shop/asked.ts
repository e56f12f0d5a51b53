import { useEffect, useState } from 'preact/hooks';

/** A question to the server and how it stands; what was answered before stays on screen while the next answer comes. */
export interface Asked<T> {
  readonly answer: T | undefined;
  readonly waiting: boolean;
  readonly problem: string | undefined;
}

/** Asks again whenever the key changes; an answer that comes too late is dropped. */
export function useAsked<T>(key: string, question: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ answer: undefined, waiting: true, problem: undefined });
  useEffect(() => {
    const control = new AbortController();
    setAsked(({ answer }) => ({ answer, waiting: true, problem: undefined }));
    question(control.signal)
      .then((answer) => {
        if (!control.signal.aborted) setAsked({ answer, waiting: false, problem: undefined });
      })
      .catch((problem: unknown) => {
        if (control.signal.aborted) return;
        setAsked({
          answer: undefined,
          waiting: false,
          problem: problem instanceof Error ? problem.message : 'Something went wrong.',
        });
      });
    return () => control.abort();
  }, [key]);
  return asked;
}

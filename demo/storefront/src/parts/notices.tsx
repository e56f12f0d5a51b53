import type { Degradation } from '../shop/types.ts';

/** Something did not work, and what to do about it. */
export function Problem({ message, retry }: { readonly message: string; readonly retry: () => void }) {
  return (
    <div class="problem" role="alert">
      <h2>That did not work</h2>
      <p>{message}</p>
      <button type="button" class="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

/** The answer came, but a part of the search was missing: said quietly. */
export function Degraded({ degradations }: { readonly degradations: readonly Degradation[] }) {
  if (degradations.length === 0) return null;
  return (
    <ul class="degraded" aria-label="About these results">
      {degradations.map(({ code, message }) => (
        <li key={code + message}>{message}</li>
      ))}
    </ul>
  );
}

import { useEffect, useState } from 'preact/hooks';

import { uploadPicture } from './ask.ts';
import type { Go } from './place.ts';

/** Searching by a picture: uploading, and a preview by the id of what was uploaded. */
export interface Pictures {
  readonly uploading: boolean;
  readonly problem: string | undefined;
  readonly dragging: boolean;
  readonly search: (picture: Blob) => void;
  readonly preview: (id: string) => string | undefined;
}

export function usePictures(go: Go): Pictures {
  const [previews, setPreviews] = useState<Readonly<Record<string, string>>>({});
  const [uploading, setUploading] = useState(false);
  const [problem, setProblem] = useState<string>();
  const search = (picture: Blob): void => {
    setUploading(true);
    setProblem(undefined);
    uploadPicture(picture)
      .then((id) => {
        setPreviews((known) => ({ ...known, [id]: URL.createObjectURL(picture) }));
        go({ picture: id, item: null, chosen: {} });
      })
      .catch((failure: unknown) =>
        setProblem(failure instanceof Error ? failure.message : 'This picture could not be read.'),
      )
      .finally(() => setUploading(false));
  };
  const dragging = useDrop(search);
  return { uploading, problem, dragging, search, preview: (id) => previews[id] };
}

/** A picture may be dropped or pasted anywhere in the window. */
function useDrop(search: (picture: Blob) => void): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const control = new AbortController();
    const on = <K extends keyof WindowEventMap>(name: K, react: (event: WindowEventMap[K]) => void): void =>
      window.addEventListener(name, react, { signal: control.signal });
    on('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDragging(true);
    });
    on('dragleave', (event) => {
      if (event.relatedTarget === null) setDragging(false);
    });
    on('drop', (event) => {
      setDragging(false);
      const picture = pictureIn(event.dataTransfer?.files);
      if (!picture) return;
      event.preventDefault();
      search(picture);
    });
    on('paste', (event) => {
      const picture = pictureIn(event.clipboardData?.files);
      if (picture) search(picture);
    });
    return () => control.abort();
  }, []);
  return dragging;
}

function pictureIn(files: FileList | undefined): File | undefined {
  return [...(files ?? [])].find((file) => file.type.startsWith('image/'));
}

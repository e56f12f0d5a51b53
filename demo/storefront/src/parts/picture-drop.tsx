import { useRef } from 'preact/hooks';

import type { Pictures } from '../shop/pictures.ts';
import { CameraIcon } from './icons.tsx';

/** The button in the search box that takes a picture. */
export function PictureButton({ pictures }: { readonly pictures: Pictures }) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (event: { currentTarget: HTMLInputElement }): void => {
    const picture = event.currentTarget.files?.[0];
    event.currentTarget.value = '';
    if (picture) pictures.search(picture);
  };
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-label="Search with a picture"
        title="Search with a picture"
        disabled={pictures.uploading}
        onClick={() => input.current?.click()}
      >
        {pictures.uploading ? <span class="spinner" /> : <CameraIcon />}
      </button>
      <input ref={input} type="file" accept="image/*" hidden aria-label="Picture to search with" onChange={choose} />
    </>
  );
}

/** What covers the window while a picture is dragged over it. */
export function DropCurtain({ pictures }: { readonly pictures: Pictures }) {
  if (!pictures.dragging) return null;
  return (
    <div class="curtain" aria-hidden="true">
      <p>Drop the picture anywhere to find things that look like it</p>
    </div>
  );
}

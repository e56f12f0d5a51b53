import { useEffect, useRef, useState } from 'preact/hooks';

import { ask } from '../shop/ask.ts';
import { useAsked } from '../shop/asked.ts';
import { isDemo, useCatalogue } from '../shop/catalogue.ts';
import { PROFILE } from '../shop/documents.ts';
import type { Go } from '../shop/place.ts';
import { percent } from '../shop/signals.ts';
import type { ViewerProfile } from '../shop/types.ts';
import { identity, SHOPPERS, YOU, type Shopper } from '../shop/viewer.ts';
import { ChevronIcon } from './icons.tsx';

interface Props {
  readonly shopper: Shopper;
  readonly go: Go;
}

/** Who is shopping; choosing another viewer changes the blend of every search. */
export function ShopperSwitch({ shopper, go }: Props) {
  const shoppers = isDemo(useCatalogue()) ? SHOPPERS : [YOU];
  const [opened, setOpened] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!opened) return;
    const control = new AbortController();
    const outside = (event: Event): void => {
      if (!(event.target instanceof Node) || !box.current?.contains(event.target)) setOpened(false);
    };
    document.addEventListener('pointerdown', outside, { signal: control.signal });
    document.addEventListener('focusin', outside, { signal: control.signal });
    return () => control.abort();
  }, [opened]);
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    setOpened(false);
    button.current?.focus();
  };
  return (
    <div class="shopper" ref={box} onKeyDown={keys}>
      <button
        ref={button}
        type="button"
        class="shopper-button"
        aria-expanded={opened}
        aria-controls="shopper-panel"
        onClick={() => setOpened(!opened)}
      >
        <Face shopper={shopper} />
        <span class="shopper-name">
          <span class="quiet">Shopping as</span> {shopper.name}
        </span>
        <ChevronIcon />
      </button>
      <div id="shopper-panel" class="shopper-panel" hidden={!opened}>
        <fieldset>
          <legend>Who is shopping?</legend>
          {shoppers.map((one) => (
            <label key={one.key} class="shopper-choice">
              <input
                type="radio"
                name="shopper"
                checked={one.key === shopper.key}
                onChange={() => go({ shopper: one === YOU ? null : one.key })}
              />
              <Face shopper={one} />
              <span>
                <b>{one.name}</b>
                <span class="quiet">{one.motto}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {opened && <Learnt shopper={shopper} />}
      </div>
    </div>
  );
}

function Face({ shopper }: { readonly shopper: Shopper }) {
  return (
    <span class="face" data-who={shopper.key} aria-hidden="true">
      {shopper.name[0]}
    </span>
  );
}

/** What Medley knows of the viewer, expert by expert. */
function Learnt({ shopper }: { readonly shopper: Shopper }) {
  const { answer, problem } = useAsked(shopper.key, async (signal) => {
    const { viewerProfile } = await ask<{ viewerProfile: ViewerProfile | null }>(PROFILE, identity(shopper), signal);
    return viewerProfile ?? undefined;
  });
  if (problem) return <p class="learnt quiet">What is known of a viewer is not told here: {problem}</p>;
  if (!answer || answer.eventsUsed === 0)
    return (
      <p class="learnt quiet">
        Nothing is known of {shopper === YOU ? 'you' : shopper.name} yet: the shop’s own blend applies.
      </p>
    );
  const { mixture, eventsUsed, confidence } = answer;
  return (
    <div class="learnt">
      <p>
        Learnt from {eventsUsed} {eventsUsed === 1 ? 'event' : 'events'}, {percent(confidence)} sure: text{' '}
        {percent(mixture.text)}, image {percent(mixture.image)}.
      </p>
      <dl>
        {mixture.experts.map(({ name, gate, image }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              image {percent(image)}, trusted {percent(gate)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

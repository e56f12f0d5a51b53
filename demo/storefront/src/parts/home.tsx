import { ask } from '../shop/ask.ts';
import { useAsked } from '../shop/asked.ts';
import { isDemo, useCatalogue } from '../shop/catalogue.ts';
import { SHELVES } from '../shop/documents.ts';
import type { Pictures } from '../shop/pictures.ts';
import type { Go } from '../shop/place.ts';
import type { Shelf, ShelfKind } from '../shop/types.ts';
import { identity, YOU, type Shopper } from '../shop/viewer.ts';
import type { Open } from '../shop.tsx';
import { Mosaic } from './mosaic.tsx';
import { Problem } from './notices.tsx';
import { ShelfRow, ShelfSkeleton } from './shelf-row.tsx';

interface Props {
  readonly shopper: Shopper;
  readonly go: Go;
  readonly open: Open;
  readonly pictures: Pictures;
}

const EXAMPLES = [
  'teal dress with dots',
  'something woven for the beach',
  'red checked mug',
  'Kappel chelsea boot',
  'warm light for a hallway',
  'leafy print shirt',
];
const KINDS: readonly ShelfKind[] = ['FOR_YOU', 'TRENDING', 'RECENTLY_VIEWED'];

export function Home({ shopper, go, open, pictures }: Props) {
  const demo = isDemo(useCatalogue());
  const input = { shelves: KINDS.map((kind) => ({ kind, first: 12 })), ...identity(shopper) };
  const { answer, waiting, problem } = useAsked(JSON.stringify(input), async (signal) => {
    const { recommendations } = await ask<{ recommendations: readonly Shelf[] | null }>(SHELVES, { input }, signal);
    return recommendations ?? [];
  });
  const examples = [...shopper.queries.slice(0, 3), ...(demo ? EXAMPLES : titlesOf(answer ?? []))].slice(0, 6);
  return (
    <div class="home">
      <section class="hero" aria-labelledby="hero-title">
        <div class="hero-words">
          <h1 id="hero-title">
            Say it, show it,
            <br />
            or a bit of both.
          </h1>
          <p>Medley ranks by words, by meaning and by looks together, in the blend that suits whoever is shopping.</p>
          <ul class="examples" aria-label="Example searches">
            {examples.map((query) => (
              <li key={query}>
                <button type="button" class="chip" onClick={() => go({ query })}>
                  {query}
                </button>
              </li>
            ))}
          </ul>
        </div>
        <Mosaic shelves={answer ?? []} open={open} pictures={pictures} />
      </section>
      {problem && <Problem message={problem} retry={() => location.reload()} />}
      {waiting && !answer && KINDS.slice(0, 2).map((kind) => <ShelfSkeleton key={kind} />)}
      {answer
        ?.filter(({ items }) => items.length > 0)
        .map((shelf) => (
          <ShelfRow key={shelf.id} shelf={shelf} open={open} who={shopper === YOU ? 'you' : shopper.name} />
        ))}
    </div>
  );
}

/** A catalogue never seen before lends some of its own titles as examples. */
function titlesOf(shelves: readonly Shelf[]): readonly string[] {
  const titles = shelves.flatMap(({ items }) => items.flatMap(({ node }) => (node ? [node.title] : [])));
  return [...new Set(titles.filter((title) => title.length < 32).map((title) => title.toLowerCase()))];
}

import { percent, SIGNAL_NAMES } from '../shop/signals.ts';
import type { Ranking, SignalWeight } from '../shop/types.ts';
import { YOU, type Shopper } from '../shop/viewer.ts';

interface Props {
  readonly ranking: Ranking;
  readonly shopper: Shopper;
}

/** The blend of this ranking, and what moved it away from the shop's own. */
export function BlendBar({ ranking, shopper }: Props) {
  const { weights } = ranking;
  if (weights.length === 0) return null;
  const priors = weights.reduce((sum, { prior }) => sum + prior, 0) || 1;
  return (
    <section class="blend" aria-label="How this ranking is blended">
      <div class="blend-bar">
        {weights
          .filter(({ weight }) => weight > 0.004)
          .map(({ signal, weight }) => (
            <span key={signal} data-signal={signal} style={{ flexGrow: weight }}>
              <b>{SIGNAL_NAMES[signal].name}</b> {percent(weight)}
            </span>
          ))}
      </div>
      <details>
        <summary>{sentence(weights, priors, shopper)}</summary>
        <div class="blend-table" role="region" aria-label="Where the blend comes from" tabIndex={0}>
          <table>
            <caption class="quiet">
              Profile “{ranking.profile}”, version {ranking.version}. A tilt above 0 raises a signal, below 0 lowers it.
            </caption>
            <thead>
              <tr>
                <th scope="col">Signal</th>
                <th scope="col">Shop’s own</th>
                <th scope="col">This query</th>
                <th scope="col">{shopper === YOU ? 'You' : shopper.name}</th>
                <th scope="col">Blend</th>
              </tr>
            </thead>
            <tbody>
              {weights.map((one) => (
                <tr key={one.signal}>
                  <th scope="row">
                    <i class="dot" data-signal={one.signal} />
                    {SIGNAL_NAMES[one.signal].name} <span class="quiet says">{SIGNAL_NAMES[one.signal].says}</span>
                  </th>
                  <td>{percent(one.prior / priors)}</td>
                  <td>{tilt(one.queryTilt)}</td>
                  <td>{tilt(one.viewerTilt)}</td>
                  <td>
                    <b>{percent(one.weight)}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

function tilt(value: number): string {
  if (Math.abs(value) < 0.005) return '0';
  return `${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`;
}

/** The largest move, in a sentence, with what caused most of it. */
function sentence(weights: readonly SignalWeight[], priors: number, shopper: Shopper): string {
  const moved = weights
    .map((one) => ({ ...one, points: Math.round((one.weight - one.prior / priors) * 100) }))
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))[0];
  if (!moved || Math.abs(moved.points) < 1) return 'This is the shop’s own blend';
  const who = shopper === YOU ? 'your clicks' : `${shopper.name}’s clicks`;
  const because = spread(weights, 'viewerTilt') > spread(weights, 'queryTilt') ? who : 'this query';
  return `${SIGNAL_NAMES[moved.signal].name} ${moved.points > 0 ? 'gained' : 'lost'} ${points(moved.points)}, mostly by ${because}`;
}

const points = (moved: number): string => (Math.abs(moved) === 1 ? '1 point' : `${String(Math.abs(moved))} points`);

function spread(weights: readonly SignalWeight[], of: 'queryTilt' | 'viewerTilt'): number {
  const tilts = weights.map((one) => one[of]);
  return Math.max(...tilts) - Math.min(...tilts);
}

import { percent, SIGNAL_NAMES } from '../shop/signals.ts';
import type { Edge, Explanation, SignalScore } from '../shop/types.ts';
import { Said } from './said.tsx';

interface Props extends Pick<Edge, 'highlights'> {
  readonly explanation: Explanation;
  readonly title: string;
}

/** Why a hit stands where it stands: a thin bar of what each signal gave, and the sums behind it. */
export function Why({ explanation, title, highlights = [] }: Props) {
  const { signals, summary, boost } = explanation;
  const most = Math.max(0.001, ...signals.map(({ weight }) => weight));
  return (
    <details class="why">
      <summary aria-label={`Why this? ${title}`}>
        <Strip signals={signals} />
        <span>Why this?</span>
      </summary>
      <p>{summary}</p>
      <Said highlights={highlights} />
      <dl>
        {signals.map((score) => (
          <Bar key={score.signal} score={score} most={most} />
        ))}
      </dl>
      {Math.abs(boost) >= 0.0005 && (
        <p class="quiet">
          What the shop favours: {boost > 0 ? '+' : '−'}
          {Math.abs(boost).toFixed(3)}
        </p>
      )}
    </details>
  );
}

function Strip({ signals }: { readonly signals: readonly SignalScore[] }) {
  return (
    <span class="strip" aria-hidden="true">
      {signals.map(({ signal, contribution }) => (
        <i key={signal} data-signal={signal} style={{ width: percent(Math.max(0, contribution)) }} />
      ))}
    </span>
  );
}

/** The pale bar is the most that the signal could give (its weight), the full bar what it gave. */
function Bar({ score, most }: { readonly score: SignalScore; readonly most: number }) {
  const { signal, weight, normalized, contribution, imputed, rank } = score;
  return (
    <div class="bar">
      <dt>
        {SIGNAL_NAMES[signal].name}
        {imputed && <abbr title="This item has no such evidence: the average of random items stands in">assumed</abbr>}
      </dt>
      <dd>
        <span
          class="bar-track"
          style={{ width: percent(weight / most) }}
          data-signal={signal}
          data-imputed={imputed}
          aria-hidden="true"
        >
          <i style={{ width: percent(Math.min(1, Math.max(0, normalized))) }} />
        </span>
        <span class="bar-sum">
          {percent(weight)} × {normalized.toFixed(2)} = <b>{contribution.toFixed(2)}</b>
          {rank !== null && <span class="quiet"> · no. {rank}</span>}
        </span>
      </dd>
    </div>
  );
}

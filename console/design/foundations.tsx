import { EVENT_HUES, hueColor } from '#console/ui/event-glyph-model.ts';
import { Row, Sample } from './sample.tsx';

const TOKENS = [
  'canvas surface sunken raised',
  'line line-2 line-ctl',
  'ink ink-2 ink-3 ink-4',
  'tide tide-2 tide-soft tide-line',
  'ok ok-soft ok-line',
  'warn warn-solid warn-soft warn-line',
  'bad bad-solid bad-soft bad-line',
  'json-string json-number',
].map((line) => line.split(' '));

const TYPE = [
  ['text-micro', 'micro 11/16', 'axis labels, notes under figures'],
  ['text-small', 'small 12/18', 'table heads, meta, help'],
  ['text-table', 'table 12.5/20', 'cells'],
  ['text-body', 'body 13/20', 'default'],
  ['text-lead', 'lead 15/22', 'orders is stalled'],
  ['text-title', 'title 16/24', 'order-6be2f0 is shipped, version 3'],
  ['text-verdict', 'verdict 20/28', 'v2 answers as v1 does'],
  ['text-figure', 'figure 24/30', '4,812,097'],
] as const;

/** Colours, hues of events, hatches, type. */
export function Foundations() {
  return (
    <>
      <Sample title="Colours">
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
          {TOKENS.map((group) => (
            <ul key={group[0]}>
              {group.map((token) => (
                <li key={token} className="flex items-center gap-3 py-0.5">
                  <span
                    className="size-6 rounded-badge border border-line-2"
                    style={{ background: `var(--${token})` }}
                  />
                  <code>{token}</code>
                </li>
              ))}
            </ul>
          ))}
        </div>
      </Sample>
      <Sample title="Hues of events and categories">
        <Row>
          {EVENT_HUES.map((hue) => (
            <span key={hue} className="flex items-center gap-1.5">
              <span className="size-4 rounded-badge" style={{ background: hueColor(hue) }} /> {hue}
            </span>
          ))}
        </Row>
      </Sample>
      <Sample title="Hatches: not yet, not yet and nobody moves it, nothing there">
        <Row>
          <span className="hatch hatch-tide h-10 w-40" />
          <span className="hatch hatch-warn h-10 w-40" />
          <span className="hatch hatch-line h-10 w-40" />
        </Row>
      </Sample>
      <Sample title="Type">
        <dl>
          {TYPE.map(([className, name, text]) => (
            <div key={name} className="flex flex-wrap items-baseline gap-x-6 border-line border-b py-1.5">
              <dt className="w-32 text-ink-3 text-small">{name}</dt>
              <dd className={className}>{text}</dd>
            </div>
          ))}
          <div className="flex items-baseline gap-x-6 py-1.5">
            <dt className="w-32 text-ink-3 text-small">mono .945em</dt>
            <dd className="mono">order-7f3a91 4,807,943 0c9e77d1</dd>
          </div>
        </dl>
      </Sample>
    </>
  );
}

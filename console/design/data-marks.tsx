import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { Badge, Status } from '#console/ui/badge.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { Figure, FigureStrip } from '#console/ui/figure.tsx';
import { Sparkline } from '#console/ui/sparkline.tsx';
import { STATUS_TONE, type StatusKind, StatusShape } from '#console/ui/status-shape.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import { Row, Sample } from './sample.tsx';

const KINDS = Object.keys(STATUS_TONE) as StatusKind[];
const TYPES = [
  'OrderPlaced',
  'OrderConfirmed',
  'OrderShipped',
  'OrderDelivered',
  'OrderCancelled',
  'StockReserved',
  'StockDispatched',
  'PaymentCaptured',
  'PaymentDeclined',
  'FileAdded',
  'FileModified',
  'FileDeleted',
];
const WAVE = Array.from({ length: 60 }, (_, index) => 40 + 9 * Math.sin(index / 4) * Math.cos(index / 9));
const RISE = Array.from({ length: 60 }, (_, index) => Math.max(1, index - 34) * 4);

/** Shapes, badges, glyphs, gauges, figures and trees. */
export function DataMarks() {
  return (
    <>
      <Sample title="Status: shape and word">
        <Row>
          {KINDS.map((kind) => (
            <Status key={kind} status={kind}>
              {kind}
            </Status>
          ))}
        </Row>
        <Row>
          {KINDS.map((kind) => (
            <Badge key={kind} status={kind}>
              {kind}
            </Badge>
          ))}
          <Badge>nothing written</Badge>
        </Row>
        <Row>
          {KINDS.map((kind) => (
            <StatusShape key={kind} kind={kind} size={28} label={kind} />
          ))}
        </Row>
      </Sample>
      <Sample title="Events: the kind is the shape, the type is the hue">
        <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-3 xl:grid-cols-6">
          {TYPES.map((type) => (
            <li key={type} className="flex items-center gap-2">
              <EventGlyph eventType={type} /> {type}
            </li>
          ))}
          <li className="flex items-center gap-2">
            <EventGlyph eventType="OrderReturned" failed /> OrderReturned, parked
          </li>
        </ul>
      </Sample>
      <Sample title="Gauges: solid is settled, hatched is not yet, the tick is the mark">
        <div className="grid max-w-3xl grid-cols-[10rem_1fr] items-center gap-x-4 gap-y-3">
          <span>at the mark</span>
          <TideGauge at={4_830_310} mark={4_830_310} label="Sample at the mark" />
          <span>one event missing</span>
          <TideGauge at={4_830_309} mark={4_830_310} label="Sample one behind" />
          <span>rebuilding</span>
          <TideGauge at={3_100_000} mark={4_830_310} label="Sample rebuilding" />
          <span>stalled</span>
          <TideGauge at={4_700_000} mark={4_830_310} label="Sample stalled" stalled />
          <span>inline, 6 px</span>
          <TideGauge at={2_000_000} mark={4_830_310} label="Sample inline" size="sm" />
        </div>
      </Sample>
      <Sample title="Figures">
        <FigureStrip>
          <Figure
            label="Append rate"
            value="62.4"
            unit="events/s"
            note="last 60 s, half-life 15 s"
            spark={<Sparkline values={WAVE} />}
          />
          <Figure
            label="Worst lag"
            value="7 min 53 s"
            note="orders, objective 5 s"
            tone="warn"
            spark={<Sparkline values={RISE} tone="warn" />}
          />
          <Figure
            label="Faulted"
            value="1"
            unit="projection"
            note="search"
            tone="bad"
            spark={<Sparkline values={RISE} tone="bad" />}
          />
          <Figure
            label="High water"
            value="12"
            unit="events above"
            note="never shown"
            asOf="14:32:01"
            spark={<Sparkline values={[...WAVE.slice(0, 30), null, null, ...WAVE.slice(32)]} />}
          />
        </FigureStrip>
      </Sample>
      <Sample title="JSON">
        <JsonTree
          label="Sample payload"
          root="data"
          value={{
            customerId: 'cus-41d8',
            lines: [{ sku: 'TEE-BLK-M', quantity: 3, unitPrice: { amount: 1900, currency: 'EUR' } }],
            total: { amount: 7150, currency: 'EUR' },
            gift: false,
            note: null,
            tags: [],
          }}
        />
      </Sample>
    </>
  );
}

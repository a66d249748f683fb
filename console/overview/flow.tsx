'use client';

import { formatCount } from '#console/format.ts';
import { cn } from '#console/ui/cn.ts';
import type { Pulse } from '#server/pulse/pulse.ts';
import { AcknowledgedStation } from './acknowledged-station.tsx';
import { CommandStation } from './command-station.tsx';
import { Edge } from './flow-edge.tsx';
import { describeFlow, type Flow as FlowShape } from './flow-model.ts';
import { RefusalSentence, Refusals } from './flow-refusals.tsx';
import { SinkStation } from './sink-station.tsx';
import { StoreStation } from './store-station.tsx';

/** The pipeline, live: command, event store, read models and search, acknowledged. */
export function Flow({ pulse, asOf }: { pulse: Pulse; asOf: string | null }) {
  const described = describeFlow(pulse);
  // Dots would claim that something moves now.
  const flow = asOf === null ? described : { ...described, eventsPerDot: Number.POSITIVE_INFINITY };
  return (
    <section aria-label="Flow" className={cn('@container', asOf !== null && 'grayscale')}>
      <div className="flex flex-wrap items-baseline gap-x-2.5 pb-3">
        <h2 className="font-semibold">Flow</h2>
        <p className="text-ink-2 text-small">
          {asOf === null
            ? `rates and callers of the last 15 s, latencies p50 of the last minute, ${dotLegend(flow)}`
            : `as of ${asOf}`}
        </p>
      </div>
      <div className="@min-[60rem]:block hidden">
        <OneRow pulse={pulse} flow={flow} />
      </div>
      <div className="@min-[60rem]:hidden">
        <TwoRows pulse={pulse} flow={flow} />
      </div>
    </section>
  );
}

function dotLegend({ eventsPerDot }: FlowShape): string {
  return `one dot is ${eventsPerDot === 1 ? 'one event' : `${formatCount(eventsPerDot)} events`}`;
}

type Props = { pulse: Pulse; flow: FlowShape };

/** From left to right, where there is room for it. */
function OneRow({ pulse, flow }: Props) {
  return (
    <>
      <div className="grid grid-cols-[minmax(5.25rem,.7fr)_minmax(11.25rem,2.5fr)_minmax(3.75rem,.9fr)_minmax(11.5rem,2.4fr)_minmax(3.75rem,.95fr)_minmax(12.5rem,2.5fr)_minmax(3.25rem,.8fr)_minmax(8.5rem,1.3fr)]">
        <Edge edge={flow.entry} eventsPerDot={flow.eventsPerDot} align="start" className="self-center" />
        <CommandStation commands={pulse.commands} className="min-h-[232px]" />
        <Edge edge={flow.append} eventsPerDot={flow.eventsPerDot} className="self-center" />
        <StoreStation pulse={pulse} />
        <SinkEdges flow={flow} way="in" />
        <Sinks pulse={pulse} flow={flow} />
        <SinkEdges flow={flow} way="out" />
        <AcknowledgedStation pulse={pulse} held={flow.acknowledgementHeld} />
      </div>
      <Refusals commands={pulse.commands} />
    </>
  );
}

/** Where the stations would be too narrow to read: what is durable in one row, what follows from it in the next. */
function TwoRows({ pulse, flow }: Props) {
  const row = 'grid grid-cols-[4.75rem_minmax(0,1fr)_4.75rem_minmax(0,1fr)]';
  return (
    <>
      <div className={row}>
        <Edge edge={flow.entry} eventsPerDot={flow.eventsPerDot} align="start" className="self-center" />
        <CommandStation commands={pulse.commands} />
        <Edge edge={flow.append} eventsPerDot={flow.eventsPerDot} className="self-center" />
        <StoreStation pulse={pulse} />
      </div>
      <div aria-hidden className="mr-[20%] h-5 rounded-br-card border-tide-2 border-r-[1.5px] border-b-[1.5px]" />
      <div className={row}>
        <SinkEdges flow={flow} way="in" className="border-tide-2 border-l-[1.5px]" />
        <Sinks pulse={pulse} flow={flow} className="pt-4" />
        <SinkEdges flow={flow} way="out" />
        <AcknowledgedStation pulse={pulse} held={flow.acknowledgementHeld} className="mt-4" />
      </div>
      <p className="pt-3 text-ink-2 text-table">
        <RefusalSentence commands={pulse.commands} />
      </p>
    </>
  );
}

function Sinks({ pulse, flow, className }: Props & { className?: string }) {
  return (
    <div className={cn('flex min-w-0 flex-col gap-3', className)}>
      {flow.sinks.map((sink) => (
        <SinkStation key={sink.sink} sink={sink} mark={pulse.projections.highWaterMark} className="grow basis-auto" />
      ))}
    </div>
  );
}

function SinkEdges({ flow, way, className }: { flow: FlowShape; way: 'in' | 'out'; className?: string }) {
  return (
    <div className={cn('flex min-w-0 flex-col justify-around', className)}>
      {flow.sinks.map((sink) => (
        <Edge key={sink.sink} edge={sink[way]} eventsPerDot={flow.eventsPerDot} />
      ))}
    </div>
  );
}

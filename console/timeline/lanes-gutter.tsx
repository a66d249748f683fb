import type { LanesLayout } from './lanes-layout.ts';
import { LANE_PX } from './lanes-layout.ts';
import { OTHER } from './timeline-model.ts';

type Props = {
  layout: LanesLayout;
  othersCount: number;
  cursorLane: number | null;
  /** Counts are of the very window, not estimated from buckets that it cuts. */
  exact: boolean;
};

/** The names of the lanes and how many events of the window each has. */
export function LanesGutter({ layout, othersCount, cursorLane, exact }: Props) {
  return (
    <ul aria-label="Lanes" className="w-(--lanes-gutter) shrink-0">
      {layout.lanes.map(({ lane }, index) => (
        <li
          key={lane.name}
          className={`flex flex-col justify-center border-line border-t pe-2 leading-4 ${cursorLane === index ? 'text-tide' : ''}`}
          style={{ height: LANE_PX }}
        >
          <span className="truncate font-semibold text-small" title={lane.label}>
            {lane.name === OTHER ? `other (${othersCount})` : lane.label}
          </span>
          <span className="text-ink-3 text-small">
            {exact ? '' : '≈ '}
            {lane.count.toLocaleString('en-US')}
          </span>
        </li>
      ))}
    </ul>
  );
}

'use client';

import { memo } from 'react';
import { formatCount } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { type EventHue, hueColor } from '#console/ui/event-glyph-model.ts';
import { useCategoryHues } from '#console/use-category-hues.ts';
import type { Facets } from '#server/explorer/explorer.ts';
import type { EventsFilterInput, EventsView } from './events-view.ts';
import { FacetList } from './facet-list.tsx';
import { FilterField } from './filter-field.tsx';
import { SavedViews } from './saved-views.tsx';
import type { ChangeView } from './use-events-view.ts';
import { ValueFacet } from './value-facet.tsx';
import { WhereField } from './where-field.tsx';

type Props = {
  facets: Facets | undefined;
  /** Why there are no counts; null where there are. */
  failed: unknown;
  onRetry(): void;
  view: EventsView;
  filter: EventsFilterInput;
  onChange: ChangeView;
};

/** What the events can be narrowed by, with counts over the whole stretch of time. Drawn anew for what it shows alone. */
export const FacetPanel = memo(function FacetPanel({ facets, failed, onRetry, view, filter, onChange }: Props) {
  const types = (facets?.eventTypes ?? []).filter(
    (type) => view.category.length === 0 || view.category.includes(type.category),
  );
  const hueOf = useCategoryHues();
  return (
    <>
      <div className="border-b p-3.5">
        <FilterField
          known={{ categories: facets?.categories ?? [], eventTypes: sumByType(types) }}
          onChange={onChange}
        />
      </div>
      <WhereField view={view} filter={filter} onChange={onChange} />
      {failed !== null && (
        <QueryError title="Nothing could be counted" error={failed} onRetry={onRetry} className="m-3.5" />
      )}
      <FacetList
        title="Category"
        values={(facets?.categories ?? []).map((item) => ({ ...item, mark: <Swatch hue={hueOf(item.value)} /> }))}
        chosen={view.category}
        counted={facets !== undefined}
        onChoose={(category) => onChange({ category, type: [] })}
      />
      <FacetList
        title="Type"
        values={sumByType(types).map((item) => ({ ...item, mark: <EventGlyph eventType={item.value} size={9} /> }))}
        chosen={view.type}
        counted={facets !== undefined}
        onChoose={(type) => onChange({ type })}
      />
      {facets?.newestOnly != null && (
        <p className="border-b px-3.5 py-2 text-ink-3 text-small">
          Counted are the newest {formatCount(facets.newestOnly)} positions of the stretch.
        </p>
      )}
      {/* Without the lists above they would stand in their place for a moment. */}
      <div hidden={facets === undefined}>
        <ValueFacet
          title="Actor"
          by="actor"
          filter={filter}
          chosen={view.actor}
          onChoose={(actor) => onChange({ actor })}
        />
        <ValueFacet
          title="Stream"
          by="stream"
          filter={filter}
          chosen={view.stream}
          onChoose={(stream) => onChange({ stream })}
        />
        <ValueFacet
          title="Correlation"
          by="correlation"
          filter={filter}
          chosen={view.corr}
          onChoose={(corr) => onChange({ corr })}
        />
        <SavedViews />
      </div>
    </>
  );
});

/** The colour of a category in the histogram: a bar, as it stands there. */
function Swatch({ hue }: { hue: EventHue }) {
  return <span className="h-2.5 w-1 shrink-0" style={{ background: hueColor(hue) }} />;
}

/** One type may stand in several categories; it is one filter all the same. */
function sumByType(types: Facets['eventTypes']): { value: string; count: number }[] {
  const sums = new Map<string, number>();
  for (const { value, count } of types) sums.set(value, (sums.get(value) ?? 0) + count);
  return [...sums].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

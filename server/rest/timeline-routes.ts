import type { Route } from './route.ts';

/** The Events page's questions about events in number. */
export const TIMELINE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/events/timeline',
    procedure: 'events.timeline',
    summary: 'A window of the timeline: counts by lane over twice the window, its events where they are 2,000 or fewer',
    response: 'Timeline',
  },
  {
    method: 'GET',
    path: '/events/facets',
    procedure: 'events.facets',
    summary: 'By what events can be narrowed, with counts over the whole range',
    response: 'Facets',
  },
  {
    method: 'GET',
    path: '/events/facet-values',
    procedure: 'events.facetValues',
    summary: 'The most frequent streams, actors or correlations, with how many there are',
    response: 'FacetValues',
  },
  {
    method: 'GET',
    path: '/events/fields',
    procedure: 'events.fields',
    summary: 'Fields of payloads that a condition (where) can name',
    response: 'PayloadFields',
  },
];

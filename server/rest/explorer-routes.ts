import type { Route } from './route.ts';

/** What the stream's page and the trace ask. */
export const EXPLORER_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/streams/recent',
    procedure: 'streams.recent',
    summary: 'Streams of the newest 20,000 events, by last event, growth or length',
    response: 'RecentStreams',
  },
  {
    method: 'GET',
    path: '/streams/{streamId}/bisect',
    procedure: 'streams.bisect',
    summary: 'The first version at which a condition over the state became true; nextAfter goes on',
    response: 'Bisection',
  },
  {
    method: 'GET',
    path: '/streams/{streamId}/changes',
    procedure: 'streams.fieldChanges',
    summary: 'The versions at which a field changed, newest first',
    response: 'FieldChanges',
  },
  {
    method: 'GET',
    path: '/streams/{streamId}/fields',
    procedure: 'streams.fieldsOverTime',
    summary: 'The fields of the state over the versions, sampled',
    response: 'FieldsOverTime',
  },
  {
    method: 'GET',
    path: '/search/events',
    procedure: 'search.events',
    summary: 'Events by position, id, correlation, type name, or a text in the newest payloads, each with why',
    response: 'EventHits',
  },
  {
    method: 'GET',
    path: '/events/{globalPosition}/causation',
    procedure: 'events.causation',
    summary: 'What led to an event and what it led to, at most 20 causes and 100 effects',
    response: 'Causation',
  },
  {
    method: 'GET',
    path: '/traces/{correlationId}',
    procedure: 'events.trace',
    summary: 'One command and all that it caused, across streams; 5,000 events at most',
    response: 'Trace',
  },
];

import type { JsonObject } from './json.ts';

/**
 * Takes the data of an event one version of its shape further, purely: from `fromVersion` to `fromVersion` + 1. Chained, they
 * bring every stored shape to the present one whenever an event is read; what is stored never changes.
 */
export type Upcaster = {
  category: string;
  eventType: string;
  fromVersion: number;
  /** Must not change what it is given. Where it throws the event is shown as stored, and nothing acts on it. */
  upcast(data: JsonObject): JsonObject;
};

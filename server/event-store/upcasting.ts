import { createHash } from 'node:crypto';
import type { Folder } from '#server/kernel/decider.ts';
import type { EventDetail, RecordedEvent } from '#server/kernel/event.ts';
import { isRedacted } from '#server/kernel/private-fields.ts';
import type { Upcaster } from '#server/kernel/upcaster.ts';

/** Brings events to the present shape of their type. */
export type Upcasting = {
  /**
   * The event in its present shape; the same object where it has that already. Where a step throws, or the event is newer
   * than this code, it stays as it was written and `unreadable` says why.
   */
  upcast(event: RecordedEvent): RecordedEvent;
  /** The version under which new events of a type are written: 1 where no upcaster knows it. */
  presentVersion(category: string, eventType: string): number;
  /** The folder under a name that tells which chains its category has, so that snapshots made under others are not met. */
  named(folder: Folder, category: string): Folder;
};

/** Steps by their `fromVersion`, from 1 on without a hole. */
type Chain = Upcaster['upcast'][];

/** Throws where a chain has a hole or a step stands twice: the message names the event type and the missing version. */
export function createUpcasting(upcasters: readonly Upcaster[] = []): Upcasting {
  const categories = new Map<string, Map<string, Chain>>();
  for (const { category, eventType, fromVersion, upcast } of upcasters) {
    const types = categories.get(category) ?? new Map<string, Chain>();
    categories.set(category, types);
    const chain = types.get(eventType) ?? [];
    types.set(eventType, chain);
    if (chain[fromVersion] !== undefined) {
      throw new Error(`two upcasters take ${eventType} of ${category} from version ${fromVersion}`);
    }
    chain[fromVersion] = upcast;
  }
  for (const [category, types] of categories) {
    for (const [eventType, chain] of types) checkChain(category, eventType, chain);
  }
  const prints = new Map([...categories].map(([category, types]) => [category, fingerprint(types)]));
  const chainOf = (category: string, eventType: string) => categories.get(category)?.get(eventType);

  return {
    upcast(event) {
      const chain = chainOf(event.category, event.eventType);
      if (chain === undefined || event.schemaVersion === chain.length || isRedacted(event.data)) return event;
      return upcastBy(chain, event);
    },
    presentVersion: (category, eventType) => chainOf(category, eventType)?.length ?? 1,
    named(folder, category) {
      const print = prints.get(category);
      return print === undefined ? folder : { ...folder, name: `${folder.name}+${print}` };
    },
  };
}

/** An event for people: in its present shape, with what was written where that differs. */
export function withOriginal(event: RecordedEvent, upcast: Upcasting['upcast']): EventDetail {
  const present = upcast(event);
  const { schemaVersion, data } = event;
  return present.schemaVersion === schemaVersion ? present : { ...present, original: { schemaVersion, data } };
}

function checkChain(category: string, eventType: string, chain: Chain): void {
  for (let version = 1; version < chain.length; version += 1) {
    if (chain[version] === undefined) {
      const message = `${eventType} of ${category} has upcasters up to version ${chain.length}, and none from version ${version}`;
      throw new Error(`${message}: every version from 1 on needs one`);
    }
  }
}

function upcastBy(chain: Chain, event: RecordedEvent): RecordedEvent {
  const { schemaVersion, eventType } = event;
  if (schemaVersion > chain.length) {
    const unreadable = `${eventType} is of schemaVersion ${schemaVersion}, and this code knows it up to ${chain.length}`;
    return { ...event, unreadable };
  }
  let { data } = event;
  for (let version = schemaVersion; version < chain.length; version += 1) {
    try {
      data = chain[version]?.(data) ?? data;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return {
        ...event,
        unreadable: `${eventType} can't be taken from schemaVersion ${version} to ${version + 1}: ${why}`,
      };
    }
  }
  return { ...event, schemaVersion: chain.length, data };
}

/** Of the steps' texts: what a step calls is not in it, so a change there takes a new version of the decider. */
function fingerprint(types: ReadonlyMap<string, Chain>): string {
  const text = [...types]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([eventType, chain]) => `${eventType}\n${chain.map(String).join('\n')}`)
    .join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

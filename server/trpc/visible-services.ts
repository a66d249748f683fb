import type { Explorer, Facets } from '#server/explorer/explorer.ts';
import { type Caller, mayDo } from '#server/kernel/caller.ts';
import { maySee } from '#server/kernel/system-categories.ts';
import { checkConditions, seesOpened } from './presented.ts';
import type { Services } from './services.ts';

declare const shownTo: unique symbol;

/** Services that are narrowed to what a caller may ask. Nothing but `visibleServices` makes them. */
export type VisibleServices = Services & { readonly [shownTo]: 'a caller' };

type Asking = { caller: Caller; services: Services };
type Filtered = { categories?: readonly string[] | undefined };

/** What callers of the same permissions are shown is made once: nine closures are a fortieth of a small answer's time. */
const made = new WeakMap<Services, VisibleServices[]>();

/**
 * The services as a caller may ask them. Counts and narrowed lists are made without the system categories, and words are
 * not looked for in masked fields, where the caller may see neither: nothing can take them out of a sum afterwards.
 */
export function visibleServices(asking: Asking): VisibleServices {
  const { services, caller } = asking;
  const opened = seesOpened(caller);
  if (opened && mayDo(caller, 'audit.read')) return services as VisibleServices;
  const key = (opened ? 1 : 0) + (mayDo(caller, 'payload.reveal') ? 2 : 0) + (mayDo(caller, 'audit.read') ? 4 : 0);
  const known = made.get(services) ?? [];
  made.set(services, known);
  known[key] ??= { ...services, explorer: visibleExplorer(asking) } as VisibleServices;
  return known[key];
}

/** Fields that a caller's words must not be looked for in; undefined where all may be. */
export async function hiddenFields(asking: Asking): Promise<{ hiddenFields?: readonly string[] }> {
  const names = await hiddenNames(asking);
  return names === undefined ? {} : { hiddenFields: [...names] };
}

/** The same as a set. */
export async function hiddenNames({ services, caller }: Asking): Promise<ReadonlySet<string> | undefined> {
  return mayDo(caller, 'payload.reveal') ? undefined : services.privacy.maskedNames();
}

/** For what goes on after its beginning: the same once more, which throws where a condition meanwhile names a masked field. */
export async function hiddenAsOfNow(asking: Asking, input: unknown): Promise<ReadonlySet<string> | undefined> {
  await checkConditions(asking, input);
  return hiddenNames(asking);
}

function visibleExplorer(asking: Asking): Explorer {
  const { caller, services } = asking;
  const { explorer, privacy } = services;
  async function narrowed<Query extends Filtered>(query: Query): Promise<Query> {
    const wordless = { ...query, ...(await hiddenFields(asking)) };
    if (mayDo(caller, 'audit.read')) return wordless;
    const categories = query.categories ?? (await explorer.categoryNames());
    return { ...wordless, categories: categories.filter((category) => maySee(caller, category)) };
  }
  return {
    ...explorer,
    listEvents: async (query, signal) => explorer.listEvents(await narrowed(query), signal),
    density: async (query, signal) => explorer.density(await narrowed(query), signal),
    timeline: async (query, signal) => explorer.timeline(await narrowed(query), signal),
    facetValues: async (query, signal) => explorer.facetValues(await narrowed(query), signal),
    fields: async (query, signal) => explorer.fields(await narrowed(query), signal),
    searchEvents: async (query, signal) => explorer.searchEvents(await narrowed(query), signal),
    async search(query, signal) {
      const masked = { names: [...(await privacy.maskedNames())], found: mayDo(caller, 'payload.reveal') };
      return explorer.search(seesOpened(caller) ? query : { ...query, masked }, signal);
    },
    async facets(query, signal): Promise<Facets> {
      const found = await explorer.facets(await narrowed(query), signal);
      return { ...found, categories: found.categories.filter(({ value }) => maySee(caller, value)) };
    },
  };
}

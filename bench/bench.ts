/** A measurement on a store of its own; `figures` by name, units in the names, over `rounds` interleaved rounds. */
export type Bench = (store: { url: string }) => Promise<{ figures: Record<string, number>; rounds: number }>;

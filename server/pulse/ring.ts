/** The last `size` values, oldest first. */
export type Ring<Value> = { push(value: Value): void; values(): Value[] };

export function createRing<Value>(size: number): Ring<Value> {
  const held: Value[] = [];
  return {
    push(value) {
      held.push(value);
      if (held.length > size) held.shift();
    },
    values: () => [...held],
  };
}

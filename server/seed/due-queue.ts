/** What is due next comes first. A binary heap. */
export type DueQueue<Item> = {
  size(): number;
  /** When the first is due; infinity where nothing waits. */
  firstDue(): number;
  put(due: number, item: Item): void;
  /** The first; undefined where nothing waits. */
  take(): Item | undefined;
};

type Entry<Item> = { due: number; item: Item };

export function createDueQueue<Item>(): DueQueue<Item> {
  const heap: Entry<Item>[] = [];
  const dueAt = (index: number) => heap[index]?.due ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number) => {
    const held = heap[a] as Entry<Item>;
    heap[a] = heap[b] as Entry<Item>;
    heap[b] = held;
  };
  const sink = (from: number) => {
    let index = from;
    for (;;) {
      const left = 2 * index + 1;
      const child = dueAt(left + 1) < dueAt(left) ? left + 1 : left;
      if (dueAt(child) >= dueAt(index)) return;
      swap(index, child);
      index = child;
    }
  };
  return {
    size: () => heap.length,
    firstDue: () => dueAt(0),
    put(due, item) {
      let index = heap.push({ due, item }) - 1;
      while (index > 0 && dueAt(index) < dueAt((index - 1) >> 1)) {
        swap(index, (index - 1) >> 1);
        index = (index - 1) >> 1;
      }
    },
    take() {
      const first = heap[0];
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink(0);
      }
      return first?.item;
    },
  };
}

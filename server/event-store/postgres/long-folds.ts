import type { StreamId } from '#server/kernel/stream-id.ts';

/** Folds of many events that are under way, by stream, each until the states that it left can be read. */
export function createLongFolds(written: (streamId: StreamId) => Promise<void>) {
  const going = new Map<StreamId, Promise<void>>();
  let ended = 0;
  return {
    /** What another fold of the stream waits for; undefined where none is under way. */
    other: (streamId: StreamId): Promise<void> | undefined => going.get(streamId),
    ended: (): number => ended,
    /** Returns how it ends. */
    begin(streamId: StreamId): () => void {
      let end = () => {};
      const gone = new Promise<void>((resolve) => {
        end = resolve;
      });
      going.set(streamId, gone);
      return () => {
        void written(streamId).then(() => {
          ended += 1;
          if (going.get(streamId) === gone) going.delete(streamId);
          end();
        });
      };
    },
  };
}

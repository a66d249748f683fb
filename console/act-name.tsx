import { actWords } from './act-words.ts';

/** An act in plain words, its procedure's name beside it: by that it is filtered and called. */
export function ActName({ act }: { act: string }) {
  const { group, words } = actWords(act);
  return (
    <>
      {group}: {words} <span className="mono font-normal text-ink-3 text-small">{act}</span>
    </>
  );
}

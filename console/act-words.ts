/** A procedure in plain words: `projections.setObjective` is "Projections", "set objective". */
export function actWords(act: string): { group: string; words: string } {
  const [router = '', ...rest] = act.split('.');
  const group = spaced(router);
  return { group: group.charAt(0).toUpperCase() + group.slice(1), words: spaced(rest.join(' ')) };
}

/** Acts by their group, in the order in which each first stands. */
export function groupActs(acts: readonly string[]): { group: string; acts: { act: string; words: string }[] }[] {
  const groups = new Map<string, { act: string; words: string }[]>();
  for (const act of acts) {
    const { group, words } = actWords(act);
    groups.set(group, [...(groups.get(group) ?? []), { act, words }]);
  }
  return [...groups].map(([group, members]) => ({ group, acts: members }));
}

function spaced(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}

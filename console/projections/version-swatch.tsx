/** The line of a version, as charts draw it: solid for the one that readers see, dashed for any other. */
export function VersionSwatch({ serving }: { serving: boolean }) {
  return (
    <svg width="18" height="8" aria-hidden className="shrink-0 text-ink-2">
      <path d="M1 4h16" stroke="currentColor" strokeWidth="1.8" strokeDasharray={serving ? undefined : '4 3'} />
    </svg>
  );
}

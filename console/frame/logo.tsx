/** Three strata, each shorter and fainter upward, and a tide line that rises over them. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden className="shrink-0 text-ink" strokeWidth="2">
      <path d="M2 17h16" stroke="currentColor" />
      <path d="M2 13h12.6" stroke="currentColor" opacity=".62" />
      <path d="M2 9h8.6" stroke="currentColor" opacity=".34" />
      <path d="M2 5h5.4c3.6 0 4-2.2 7.6-2.2h3" stroke="var(--tide)" fill="none" />
    </svg>
  );
}

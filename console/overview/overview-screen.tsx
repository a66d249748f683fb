'use client';

export function OverviewScreen() {
  return <main className="p-6">Overview</main>;
}

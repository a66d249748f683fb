'use client';

export function EventsScreen() {
  return <main className="p-6">Events</main>;
}

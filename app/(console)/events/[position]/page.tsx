import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EventScreen } from '#console/events/event-screen.tsx';
import { readSegment } from '#console/routes.ts';

type Props = { params: Promise<{ position: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: readSegment((await params).position) };
}

export default async function Page({ params }: Props) {
  const position = readSegment((await params).position);
  if (position === null) notFound();
  return <EventScreen position={position} />;
}

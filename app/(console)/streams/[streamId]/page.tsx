import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readSegment } from '#console/routes.ts';
import { StreamScreen } from '#console/streams/stream-screen.tsx';

type Props = { params: Promise<{ streamId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: readSegment((await params).streamId) };
}

export default async function Page({ params }: Props) {
  const streamId = readSegment((await params).streamId);
  if (streamId === null) notFound();
  return <StreamScreen streamId={streamId} />;
}

import type { Metadata } from 'next';
import { StreamsScreen } from '#console/streams/streams-screen.tsx';

export const metadata: Metadata = { title: 'Streams' };

export default function Page() {
  return <StreamsScreen />;
}

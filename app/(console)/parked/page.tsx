import type { Metadata } from 'next';
import { ParkedScreen } from '#console/parked/parked-screen.tsx';

export const metadata: Metadata = { title: 'Parked' };

export default function Page() {
  return <ParkedScreen />;
}

'use client';

import { Screen } from '#console/frame/screen.tsx';

export function StreamsScreen() {
  return <Screen title="Streams">{null}</Screen>;
}

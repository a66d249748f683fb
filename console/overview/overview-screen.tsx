'use client';

import { Screen } from '#console/frame/screen.tsx';

export function OverviewScreen() {
  return <Screen title="Overview">{null}</Screen>;
}

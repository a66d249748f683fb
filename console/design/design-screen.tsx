'use client';

import { Screen } from '#console/frame/screen.tsx';

export function DesignScreen() {
  return <Screen title="Design">{null}</Screen>;
}

'use client';

import { Screen } from '#console/frame/screen.tsx';

export function EventsScreen() {
  return <Screen title="Events">{null}</Screen>;
}

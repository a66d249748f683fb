'use client';

import { useEffect, useState } from 'react';

/** Seconds that are left until another try is taken; 0 where one is taken now. `begin` starts to count down. */
export function useWait(): { secondsLeft: number; begin: (seconds: number) => void } {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  const waiting = left > 0;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setNow(performance.now()), 200);
    return () => clearInterval(timer);
  }, [waiting]);
  return {
    secondsLeft: left,
    begin(seconds) {
      setNow(performance.now());
      setUntil(performance.now() + seconds * 1000);
    },
  };
}

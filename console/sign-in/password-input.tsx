'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, type KeyboardEvent, useState } from 'react';
import { Button } from '#console/ui/button.tsx';
import { cn } from '#console/ui/cn.ts';
import { Input } from '#console/ui/input.tsx';

type Props = Omit<ComponentProps<typeof Input>, 'type' | 'mono'> & {
  autoComplete: 'current-password' | 'new-password';
};

/** A password, which can be looked at. It says where Caps Lock is on; nothing that is pasted is refused. */
export function PasswordInput({ className, ...props }: Props) {
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const look = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'));
  return (
    <>
      <span className="relative flex items-center">
        <Input
          {...props}
          type={shown ? 'text' : 'password'}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={256}
          onKeyDown={look}
          onKeyUp={look}
          onBlur={() => setCaps(false)}
          className={cn('pr-10', className)}
        />
        <Button
          variant="ghost"
          icon
          aria-label={shown ? 'Hide the password' : 'Show the password'}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="absolute right-0.5"
        >
          {shown ? <EyeOff strokeWidth={1.75} aria-hidden /> : <Eye strokeWidth={1.75} aria-hidden />}
        </Button>
      </span>
      {caps ? (
        <span role="status" className="text-small text-warn">
          Caps Lock is on
        </span>
      ) : null}
    </>
  );
}

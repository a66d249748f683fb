import { CopyButton } from './copy-button.tsx';

/** Something that is shown now and never again. */
export function SecretOnce({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-start gap-1 rounded-control border border-line bg-surface py-0.5 pr-1 pl-2.5">
      <code className="min-w-0 grow select-all break-all py-1">{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  );
}

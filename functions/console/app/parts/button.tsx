import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'wouter';
import type { Role } from '../session/me.ts';
import { useSession } from '../session/session.tsx';
import { words } from '../words/words.ts';
import { useTell } from './tell.ts';

type Tone = 'main' | 'bad' | 'plain';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: Tone;
  busy?: boolean;
  /** Its only content is an icon; `aria-label` says what it does. */
  onlyIcon?: boolean;
}

export const Button = ({ tone, busy = false, onlyIcon, type = 'button', onClick, ...rest }: ButtonProps) => (
  <button
    {...rest}
    type={type}
    className="button"
    data-tone={tone}
    data-only-icon={onlyIcon || undefined}
    aria-disabled={busy || rest['aria-disabled']}
    aria-busy={busy || undefined}
    onClick={busy ? (event) => event.preventDefault() : onClick}
  />
);

/** A button that only some roles may use; the others see it, and are told who could: also by keyboard. */
export const RoleButton = ({ needs, ...props }: ButtonProps & { needs: Role }) => {
  const { may } = useSession();
  const tell = useTell();
  if (may(needs)) return <Button {...props} />;
  const reason = words.common.notAllowed(words.common.roles[needs]);
  return (
    <Button
      {...props}
      type="button"
      disabled={false}
      aria-disabled
      title={reason}
      onClick={() => tell(reason, 'bad')}
    />
  );
};

export const ButtonLink = ({ to, tone, children }: { to: string; tone?: Tone; children: ReactNode }) => (
  <Link href={to} className="button" data-tone={tone}>
    {children}
  </Link>
);

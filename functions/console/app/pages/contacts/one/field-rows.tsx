import { Button } from '../../../parts/button.tsx';
import { Field } from '../../../parts/field.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { words } from '../../../words/words.ts';
import { faultOf, type Kind, kinds, type Row } from './patch.ts';

const said = words.contacts.data;

export interface FieldRowsProps {
  rows: readonly Row[];
  /** Faults are told once somebody tried to save. */
  tried: boolean;
  onChange(rows: readonly Row[]): void;
}

export const FieldRows = ({ rows, tried, onChange }: FieldRowsProps) => {
  const replace = (i: number, row: Row): void => onChange(rows.with(i, row));
  const drop = (i: number): void => onChange(rows.toSpliced(i, 1));
  return (
    <div className="column">
      {rows.length === 0 && <p className="soft">{said.none}</p>}
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name while its own is typed
        <div className="field-row" key={i}>
          {row.isNew && <NewName row={row} onChange={(next) => replace(i, next)} />}
          <Value
            row={row}
            fault={tried ? faultOf(row, rows) : undefined}
            onChange={(next) => replace(i, next)}
          />
          <Button
            tone="plain"
            onlyIcon
            aria-label={said.remove(row.name)}
            title={said.remove(row.name)}
            onClick={() => drop(i)}
          >
            <Icon name="close" />
          </Button>
        </div>
      ))}
      <div className="row">
        <Button onClick={() => onChange([...rows, { name: '', kind: 'text', text: '', isNew: true }])}>
          <Icon name="plus" />
          {said.add}
        </Button>
      </div>
    </div>
  );
};

const NewName = ({ row, onChange }: { row: Row; onChange(row: Row): void }) => (
  <>
    <Field label={said.name}>
      <input value={row.name} onChange={({ target }) => onChange({ ...row, name: target.value })} />
    </Field>
    <Field label={said.kind}>
      <select
        value={row.kind}
        onChange={({ target }) =>
          onChange({ ...row, kind: target.value as Kind, text: target.value === 'boolean' ? 'true' : '' })
        }
      >
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {said.kinds[kind]}
          </option>
        ))}
      </select>
    </Field>
  </>
);

type ValueProps = { row: Row; fault: string | undefined; onChange(row: Row): void };

const Value = ({ row, fault, onChange }: ValueProps) => (
  <Field label={row.isNew ? said.value : row.name} fault={fault}>
    {row.kind === 'boolean' ? (
      <select value={row.text} onChange={({ target }) => onChange({ ...row, text: target.value })}>
        <option value="true">{words.common.yes}</option>
        <option value="false">{words.common.no}</option>
      </select>
    ) : (
      <input
        inputMode={row.kind === 'number' ? 'decimal' : undefined}
        value={row.text}
        onChange={({ target }) => onChange({ ...row, text: target.value })}
      />
    )}
  </Field>
);

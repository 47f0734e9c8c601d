import type { ReactNode } from 'react';

export interface Column {
  name: string;
  /** Figures stand at the end. */
  end?: boolean;
  /** Left out where there is little room. */
  wide?: boolean;
}

export interface TableProps {
  label: string;
  columns: readonly Column[];
  /** Its rows. */
  children: ReactNode;
}

export const Table = ({ label, columns, children }: TableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
  <section className="table-box" tabIndex={0} aria-label={label}>
    <table className="table">
      <thead>
        <tr>
          {columns.map(({ name, end, wide }) => (
            <th key={name} scope="col" className={end ? 'end' : wide ? 'wide' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
);

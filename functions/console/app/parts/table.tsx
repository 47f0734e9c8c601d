import type { ReactNode } from 'react';
import { ScrollRegion } from './scroll-region.tsx';

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
  <ScrollRegion className="table-box" label={label}>
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
  </ScrollRegion>
);

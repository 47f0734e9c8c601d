import { createContext, useContext } from 'react';
import type { Issue } from '#kernel/issue';

/** What is known of the pieces beyond where they stand. */
export interface FlowState {
  selected?: string | undefined;
  /** By step. */
  issues?: ReadonlyMap<string, readonly Issue[]> | undefined;
  /** Steps and answers (`step/answer`) that a walk came through; all others step back. */
  walked?: ReadonlySet<string> | undefined;
  /** Where the walk stands now. */
  now?: string | undefined;
}

export const FlowContext = createContext<FlowState>({});
export const useFlowState = (): FlowState => useContext(FlowContext);

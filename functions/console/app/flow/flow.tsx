import {
  Background,
  MiniMap,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useNodesInitialized,
  useReactFlow,
} from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { words } from '../words/words.ts';
import type { Arranged } from './arrange.ts';
import { FlowContext, type FlowState } from './flow-state.ts';
import { type FlowNode, nodesOf } from './nodes.ts';
import { pieceTypes } from './pieces.tsx';
import { sayPiece } from './say-piece.ts';

const said = words.flow;

export interface FlowProps extends FlowState {
  arranged: Arranged;
  /** Says what it shows, to those who hear it. */
  label: string;
  onSelect?: ((step: string | undefined) => void) | undefined;
  /** Brings this step into sight. */
  reveal?: string | undefined;
}

/** A journey on a plane that is panned and zoomed, by mouse, touch or keyboard. */
const Flow = (props: FlowProps) => (
  <ReactFlowProvider>
    <Plane {...props} />
  </ReactFlowProvider>
);

export default Flow;

/** From so many pieces on, only those in sight are drawn, and a map helps to find them. */
const many = 160;

const Plane = ({ arranged, label, onSelect, reveal, selected, issues, walked, now }: FlowProps) => {
  const nodes = useMemo(
    () => nodesOf(arranged.pieces, (piece) => sayPiece(piece, issues)),
    [arranged, issues],
  );
  const state = useMemo(() => ({ selected, issues, walked, now }), [selected, issues, walked, now]);
  const isLarge = nodes.length > many;
  return (
    <FlowContext value={state}>
      <section className="flow" aria-label={label}>
        <ReactFlow<FlowNode>
          nodes={nodes}
          nodeTypes={pieceTypes}
          fitView
          fitViewOptions={startView(arranged)}
          minZoom={0.05}
          maxZoom={1.75}
          onlyRenderVisibleElements={isLarge}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          panOnScroll
          zoomOnDoubleClick={false}
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          ariaLabelConfig={said.aria}
          onNodeClick={(_, node) => node.type === 'card' && onSelect?.(node.id)}
          onSelectionChange={({ nodes: chosen }) => chosen[0] && onSelect?.(chosen[0].id)}
          onPaneClick={() => onSelect?.(undefined)}
        >
          <Background gap={24} size={1} />
          {isLarge && (
            <MiniMap pannable zoomable ariaLabel={said.map} nodeClassName={({ type }) => `map-${type}`} />
          )}
          <Tools />
          <Reveal step={reveal} />
        </ReactFlow>
      </section>
    </FlowContext>
  );
};

/** All of it where one can read it so; else the top of the tree in a size to read. */
const startView = ({ pieces, height }: Arranged) =>
  height < 1_400
    ? { padding: 0.06, maxZoom: 1 }
    : { padding: 0.1, maxZoom: 1, minZoom: 0.55, nodes: firstOf(pieces) };

const firstOf = (pieces: Arranged['pieces']): { id: string }[] =>
  pieces.filter(({ kind, y }) => kind !== 'ways' && y < 700).map(({ id }) => ({ id }));

const Tools = () => {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <Panel position="top-right" className="flow-tools">
      <Button onlyIcon aria-label={said.zoomIn} title={said.zoomIn} onClick={() => void zoomIn()}>
        <Icon name="plus" />
      </Button>
      <Button onlyIcon aria-label={said.zoomOut} title={said.zoomOut} onClick={() => void zoomOut()}>
        <Icon name="minus" />
      </Button>
      <Button
        onlyIcon
        aria-label={said.fit}
        title={said.fit}
        onClick={() => void fitView({ padding: 0.06, maxZoom: 1 })}
      >
        <Icon name="fit" />
      </Button>
    </Panel>
  );
};

const Reveal = ({ step }: { step: string | undefined }) => {
  const { fitView, getNode } = useReactFlow();
  const ready = useNodesInitialized();
  useEffect(() => {
    if (ready && step !== undefined && getNode(step))
      void fitView({ nodes: [{ id: step }], maxZoom: 1, duration: 200 });
  }, [step, ready, fitView, getNode]);
  return null;
};

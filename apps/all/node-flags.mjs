/**
 * How Node runs our programs: half of its own room for what is new, and a collection when the heap has grown by half. Less memory, no
 * slower (docs/operation.md).
 */
export const NODE_FLAGS = ['--enable-source-maps', '--max-semi-space-size=8', '--heap-growing-percent=50'];

import { forgetTable, SEED } from './table';

export default function setUp(): void {
  console.log(`faults: FAULT_SEED=${SEED}`);
  forgetTable();
}

import { IsId } from '@app/platform/validation';

export class IdParams {
  @IsId()
  id: string;
}

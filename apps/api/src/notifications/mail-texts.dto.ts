import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn } from 'class-validator';
import { HUB_TEMPLATES, type HubTemplate } from '@app/features/notifications/template-texts';
import { IsText } from '@app/platform/validation';
import { IsParagraphs } from './paragraphs';

const MAX_PARAGRAPHS = 30;

export class MailTextParams {
  @IsIn(HUB_TEMPLATES)
  template: HubTemplate;
}

export class MailTextBody {
  /** One line, with variables in double braces. */
  @IsText({ max: 200 })
  subjectFr: string;

  @IsText({ max: 200 })
  subjectAr: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PARAGRAPHS)
  @IsParagraphs()
  paragraphsFr: string[];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PARAGRAPHS)
  @IsParagraphs()
  paragraphsAr: string[];
}

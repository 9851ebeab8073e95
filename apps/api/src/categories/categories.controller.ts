import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CategoriesQueries } from '@app/features/directory/categories.queries';
import { CategoryTree } from '@app/features/directory/place-view.dto';
import { Allow } from '@app/platform/access';

@ApiTags('reference')
@Controller('categories')
@Allow('reference:read')
export class CategoriesController {
  constructor(private readonly categories: CategoriesQueries) {}

  /** Themes with the categories that tickets use, and the texts of law that they cite. */
  @Get()
  tree(): Promise<CategoryTree> {
    return this.categories.tree();
  }
}

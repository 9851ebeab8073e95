import { useQuery } from '@tanstack/react-query';
import { IconCategory, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { fold } from '@app/domain/folding';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { nameOf, otherNameOf } from '../ui/names';
import { Page } from '../ui/page';
import { CategoryDialog } from './category-dialog';
import { managedCategoriesQuery, type ManagedCategory } from './programme-queries';
import '../styles/programme.css';

type Editing = { category: ManagedCategory } | { theme: ManagedCategory };

/** Two levels: themes, and what tickets are about. Nothing is deleted, because tickets and figures name it. */
export function CategoriesScreen() {
  const { data, error } = useQuery(managedCategoriesQuery);
  const [words, setWords] = useState('');
  const [editing, setEditing] = useState<Editing | null>(null);
  const all = data ?? [];
  const themes = all.filter((one) => one.parentCode === null);
  const wanted = fold(words).split(' ').filter(Boolean);
  const fits = (one: ManagedCategory) => {
    const text = fold(`${one.code} ${one.nameFr} ${one.nameAr}`);
    return wanted.every((word) => text.includes(word));
  };
  const shown = themes
    .map((theme) => ({
      theme,
      leaves: all.filter((one) => one.parentCode === theme.code && (fits(one) || fits(theme))),
    }))
    .filter(({ theme, leaves }) => leaves.length > 0 || fits(theme));
  return (
    <Page
      title={t('programme.categories.title')}
      tools={
        <input
          className="inp said search"
          type="search"
          maxLength={100}
          aria-label={t('programme.categories.search')}
          placeholder={t('programme.categories.search')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      }
    >
      {error && (
        <p className="alert warn" role="alert">
          {problemText(error)}
        </p>
      )}
      {data && shown.length === 0 && <Empty icon={IconCategory} title={t('programme.categories.none')} />}
      <div className="stacked">
        {shown.map(({ theme, leaves }) => (
          <Theme key={theme.code} theme={theme} leaves={leaves} onEdit={setEditing} />
        ))}
      </div>
      {editing && (
        <CategoryDialog
          {...('category' in editing
            ? { category: all.find((one) => one.code === editing.category.code) ?? editing.category }
            : { theme: editing.theme })}
          taken={all.map((one) => one.code)}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  );
}

interface ThemeProps {
  theme: ManagedCategory;
  leaves: readonly ManagedCategory[];
  onEdit: (editing: Editing) => void;
}

function Theme({ theme, leaves, onEdit }: ThemeProps) {
  return (
    <section className="stacked">
      <h2 className="row">
        {nameOf(theme)} <bdi className="tagl">{theme.code}</bdi>
        {!theme.active && <span className="tagl">{t('programme.categories.inactive')}</span>}
        <span className="row end">
          <Btn small onClick={() => onEdit({ category: theme })}>
            {t('programme.edit')}
          </Btn>
          <Btn small onClick={() => onEdit({ theme })}>
            <Icon of={IconPlus} size={15} />
            {t('programme.categories.new')}
          </Btn>
        </span>
      </h2>
      <DataTable
        caption={nameOf(theme)}
        rows={leaves}
        rowKey={(one) => one.code}
        empty={<p className="mut">{t('programme.categories.noLeaves')}</p>}
        columns={[
          { key: 'name', head: t('programme.categories.name'), cell: (one) => <CategoryName category={one} /> },
          { key: 'kind', width: '12%', head: t('desk.details.kind'), cell: (one) => t(`desk.kind.${one.kind}`) },
          {
            key: 'advice',
            width: '15%',
            head: t('desk.details.advice'),
            cell: (one) => t(`desk.advice.${one.adviceLevel}`),
          },
          {
            key: 'priority',
            width: '10%',
            head: t('desk.filter.priority'),
            cell: (one) => t(`desk.priority.${one.defaultPriority}`),
          },
          {
            key: 'marks',
            width: '20%',
            head: t('programme.categories.marks'),
            cell: (one) => <Marks category={one} />,
          },
          {
            key: 'edit',
            width: '96px',
            head: '',
            numeric: true,
            cell: (one) => (
              <Btn
                small
                aria-label={t('programme.hubs.editNamed', { name: nameOf(one) })}
                onClick={() => onEdit({ category: one })}
              >
                {t('programme.edit')}
              </Btn>
            ),
          },
        ]}
      />
    </section>
  );
}

function CategoryName({ category }: { category: ManagedCategory }) {
  const other = otherNameOf(category);
  return (
    <span className={category.active ? undefined : 'mut'}>
      <bdi>{nameOf(category)}</bdi>
      <span className="mut xs block">
        <bdi className="nw">{category.code}</bdi>
        {other && (
          <>
            {' · '}
            <bdi lang={other.lang}>{other.text}</bdi>
          </>
        )}
      </span>
    </span>
  );
}

function Marks({ category }: { category: ManagedCategory }) {
  return (
    <span className="row wrap">
      {category.needsValidation && <span className="tagl">{t('programme.categories.validated')}</span>}
      {category.defaultConfidentiality === 'restricted' && (
        <span className="tagl">{t('desk.confidentiality.restricted')}</span>
      )}
      {!category.active && <span className="tagl">{t('programme.categories.inactive')}</span>}
    </span>
  );
}

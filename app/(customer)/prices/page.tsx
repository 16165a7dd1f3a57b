import { EstimateCsv } from '@/components/billing/estimate-csv';
import { EstimateForm } from '@/components/billing/estimate-form';
import { EstimateResult } from '@/components/billing/estimate-result';
import { PriceList } from '@/components/billing/price-list';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { EstimateQuery } from '@/lib/contracts/estimate';
import { signedIn } from '@/lib/http/signed-in';
import { readEstimate } from '@/lib/views/estimate';
import { readOffer } from '@/lib/views/offer';
import { readPriceList } from '@/lib/views/price-list';

export const metadata = { title: 'Prices' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PricesPage({ searchParams }: Props) {
  const viewer = await signedIn();
  const asked = EstimateQuery.parse(await searchParams);
  const prices = readPriceList();
  const estimate =
    asked.service === undefined ? null : await readEstimate(viewer, [{ line: 1, record: asked }]);

  return (
    <>
      <PageHeader
        title="Prices"
        line="What each service costs, and what your work would cost before you start it."
      />
      <div className="grid gap-6">
        <Card title="What would it cost?">
          <div className="grid gap-5">
            <EstimateForm key={JSON.stringify(asked)} services={prices.services} asked={asked} />
            {estimate !== null && <EstimateResult estimate={estimate} mayBuy={viewer.mayBuy} of="job" />}
          </div>
        </Card>
        <PriceList prices={prices} credit={readOffer().credit} />
        <Card title="Many jobs at once">
          <EstimateCsv mayBuy={viewer.mayBuy} example={prices.exampleTable} />
        </Card>
      </div>
    </>
  );
}

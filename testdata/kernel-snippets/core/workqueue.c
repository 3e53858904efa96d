// SPDX-License-Identifier: GPL-2.0-only
/* A worker of its own runs what was queued, with no lock of the queuer held. */
#include <linux/workqueue.h>

static struct work_struct *pending;

bool schedule_work(struct work_struct *work)
{
	work->next = pending;
	pending = work;
	return true;
}

bool cancel_work_sync(struct work_struct *work)
{
	bool queued = pending == work;

	if (queued)
		pending = work->next;
	return queued;
}

int worker_thread(void *unused);

int worker_thread(void *unused)
{
	struct work_struct *work;

	while ((work = pending)) {
		pending = work->next;
		work->func(work);
	}
	return 0;
}

/* The caller sleeps until a worker of @cpu has run @fn. */
struct work_for_cpu {
	struct work_struct work;
	int (*fn)(void *data);
	void *data;
	int ret;
};

static void work_for_cpu_fn(struct work_struct *work)
{
	struct work_for_cpu *wfc =
		container_of(work, struct work_for_cpu, work);

	wfc->ret = wfc->fn(wfc->data);
}

int work_on_cpu(int cpu, int (*fn)(void *data), void *data)
{
	struct work_for_cpu wfc = { .fn = fn, .data = data };

	INIT_WORK(&wfc.work, work_for_cpu_fn);
	schedule_work(&wfc.work);
	cancel_work_sync(&wfc.work);
	return wfc.ret;
}

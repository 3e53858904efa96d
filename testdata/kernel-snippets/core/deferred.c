// SPDX-License-Identifier: GPL-2.0-only
/* Timers, threads and interrupts: kept here, called from elsewhere. */
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/timer.h>

static struct timer_list *timers;

void timer_setup(struct timer_list *timer,
		 void (*callback)(struct timer_list *timer),
		 unsigned int flags)
{
	timer->function = callback;
	timer->expires = flags;
}

int mod_timer(struct timer_list *timer, unsigned long expires)
{
	timer->expires = expires;
	timer->next = timers;
	timers = timer;
	return 0;
}

void run_timers(unsigned long now);

void run_timers(unsigned long now)
{
	struct timer_list *timer;

	for (timer = timers; timer; timer = timer->next) {
		if (timer->expires <= now)
			timer->function(timer);
	}
}

struct task_struct {
	int (*threadfn)(void *data);
	void *data;
	bool awake;
};

struct task_struct *kthread_create(int (*threadfn)(void *data), void *data,
				   const char *name)
{
	struct task_struct *task = kzalloc(sizeof(*task), GFP_KERNEL);

	if (task) {
		task->threadfn = threadfn;
		task->data = data;
	}
	return task;
}

int wake_up_process(struct task_struct *task)
{
	task->awake = true;
	return 1;
}

int kthread(struct task_struct *task);

int kthread(struct task_struct *task)
{
	return task->threadfn(task->data);
}

static struct irqaction {
	irq_handler_t handler;
	void *dev;
} actions[16];

int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
		const char *name, void *dev)
{
	if (irq >= ARRAY_SIZE(actions))
		return -EINVAL;
	actions[irq].handler = handler;
	actions[irq].dev = dev;
	return 0;
}

void handle_irq(unsigned int irq);

void handle_irq(unsigned int irq)
{
	actions[irq].handler(irq, actions[irq].dev);
}

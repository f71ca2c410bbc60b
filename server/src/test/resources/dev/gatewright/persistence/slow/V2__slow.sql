-- Longer than a request would wait.
do sleep(1.5);

/** What operators and their monitors ask of a node: is it alive, can it serve. Decides nothing about files or callers. */
package io.reportfiles.operations;

/**
 * What a shipped classifier needs: java.base and nothing else.
 *
 * <p>Generated classes live in the module of the app, which requires this one.
 */
module org.cnnc.runtime {
  exports org.cnnc.runtime;
}

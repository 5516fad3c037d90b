/**
 * Trains networks: in the command, and inside apps that teach their classifier.
 *
 * <p>Only reading picture files needs java.desktop: an app that does so requires it, too; others
 * run without.
 */
module org.cnnc.training {
  requires transitive org.cnnc.runtime;
  requires static transitive java.desktop;

  exports org.cnnc.training;
  exports org.cnnc.training.data;
  exports org.cnnc.training.verify;
}
